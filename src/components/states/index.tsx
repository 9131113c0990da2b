import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { ApiError } from "../../api";
import { words } from "../../i18n";
import { askLogin } from "../../wx/navigation";
import { announced } from "../../wx/pressable";
import { Button } from "../button";
import { Icon, type IconName } from "../icon";

/** A skeleton in the shape of the content, so that the layout does not jump when the content comes. */
export function Loading({ rows = 3 }: { rows?: number }): ReactNode {
  return (
    <View className="loading" ariaLabel={words.common.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <View key={row} className="loading__row">
          <View className="loading__line loading__line--short" />
          <View className="loading__line" />
        </View>
      ))}
    </View>
  );
}

interface EmptyProps {
  icon?: IconName;
  title: string;
  hint?: string;
  action?: { text: string; onPress: () => void };
}

/** An empty state, with what can be done about it. */
export function Empty({ icon = "list", title, hint, action }: EmptyProps): ReactNode {
  return (
    <View className="empty">
      <View className="empty__sign">
        <Icon name={icon} />
      </View>
      <View className="strong">{title}</View>
      {hint !== undefined && <View className="small">{hint}</View>}
      {action && (
        <Button className="empty__action" onPress={action.onPress}>
          {action.text}
        </Button>
      )}
    </View>
  );
}

/** An error in the server's words, shown beside the failed action, with a login button when the login is missing. */
export function Problem({ message }: { message: ApiError | string | null | undefined }): ReactNode {
  if (!message) return null;
  const error = typeof message === "string" ? { message, needsLogin: false } : message;
  return (
    <View className={`notice notice--bad ${error.needsLogin ? "notice--row" : ""}`} {...announced}>
      <Icon name="alert" />
      <View className="notice__words">{error.message}</View>
      {error.needsLogin && <Button onPress={askLogin}>{words.home.login}</Button>}
    </View>
  );
}

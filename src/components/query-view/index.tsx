import type { ReactNode } from "react";
import type { Query } from "../../api";
import { words } from "../../i18n";
import { askLogin } from "../../wx/navigation";
import { Button } from "../button";
import { Empty, Loading, Problem } from "../states";

interface Props<T> {
  query: Query<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}

/**
 * Shows a query: loading, failed with a retry or login button, or its data. Old data stay visible with a note when
 * they could not be refreshed.
 */
export function QueryView<T>({ query, rows, children }: Props<T>): ReactNode {
  const { data, error, refetch } = query;
  if (data !== undefined) {
    return (
      <>
        {error && <Problem message={error} />}
        {children(data)}
      </>
    );
  }
  if (!error) return <Loading rows={rows} />;
  if (error.needsLogin) {
    return <Empty icon="person" title={error.message} action={{ text: words.home.login, onPress: askLogin }} />;
  }
  return (
    <>
      <Empty icon="offline" title={words.errors.title} hint={error.message} />
      <Button onPress={() => void refetch()}>{words.common.retry}</Button>
    </>
  );
}

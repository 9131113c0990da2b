import { View } from "@tarojs/components";
import type { ReactNode } from "react";

interface Props {
  title?: string;
  /** Right of the title: a count or a link. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A group of cards under a heading. */
export function Section({ title, aside, children }: Props): ReactNode {
  return (
    <View className="section">
      {title !== undefined && (
        <View className="section__head">
          <View className="section__title">{title}</View>
          {aside}
        </View>
      )}
      {children}
    </View>
  );
}

/** A card. */
export function Card({ children, className = "" }: { children: ReactNode; className?: string }): ReactNode {
  return <View className={`card ${className}`}>{children}</View>;
}

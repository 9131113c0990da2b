import { View } from "@tarojs/components";
import type { ReactNode } from "react";

interface Props {
  title?: string;
  /** To the right of the title: a count, a way to more. */
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

/** A sheet of paper on the ground. */
export function Card({ children, className = "" }: { children: ReactNode; className?: string }): ReactNode {
  return <View className={`card ${className}`}>{children}</View>;
}

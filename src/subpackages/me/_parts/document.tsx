import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { Page } from "../../../components/page";
import { Card } from "../../../components/section";
import "./document.scss";

interface Text {
  title: string;
  lead: string;
  parts: readonly { title: string; lines: readonly string[] }[];
}

/** A page of text: short paragraphs under headings. */
export function Document({ text }: { text: Text }): ReactNode {
  return (
    <Page title={text.title}>
      <View>{text.lead}</View>
      {text.parts.map(({ title, lines }) => (
        <Card key={title} className="document__part">
          <View className="title">{title}</View>
          {lines.map((line) => (
            <View key={line}>{line}</View>
          ))}
        </Card>
      ))}
    </Page>
  );
}

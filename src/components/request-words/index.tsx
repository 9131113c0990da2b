import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Request } from "../../../contract/index.ts";
import { sayWindow } from "../../../fronts/time-window.ts";
import { useAnswers } from "../../api";
import { words } from "../../i18n";
import { sayMoment } from "../../i18n/time-words";
import { placeOf } from "../../lib/request-words";
import { Facts } from "../facts";
import { Photos } from "../photos";
import { Card } from "../section";

interface Props {
  request: Request;
  now: Date;
  /** Leaves out place and contact, which the page shows elsewhere. */
  brief?: boolean;
}

/** The content of a request: text, photos, answers. */
export function RequestWords({ request, now, brief = false }: Props): ReactNode {
  const say = words.request;
  const answers = useAnswers(request);
  const where = [
    { name: say.place, value: [request.communityName, placeOf(request.place)].join(" ") },
    { name: say.contact, value: [request.contact.name, request.contact.phone].join(" ") },
    { name: say.when, value: request.timeWindow ? sayWindow(request.timeWindow, now) : "" },
  ];
  return (
    <Card className="request-words">
      <View className="request-words__said">{request.description}</View>
      <Photos files={request.files} />
      <Facts
        facts={[
          { name: say.service, value: request.serviceTitle },
          ...answers,
          ...(brief ? [] : where),
          { name: say.submittedAt, value: sayMoment(new Date(request.submittedAt), now) },
        ]}
      />
      <View className="small">{say.no(request.requestNo)}</View>
    </Card>
  );
}

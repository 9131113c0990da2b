import { App, Button, Dropdown } from "antd";
import { useEffect } from "react";
import type { Community, Input } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { zh } from "../../i18n/zh.ts";

const t = zh.settings.buildings;

type Body = Input<"POST /api/communities/:id/buildings/remove">["body"];

interface Props {
  communityId: string;
  building: Community["buildings"][number];
  onDone: () => void;
}

/** Removes a building or one of its units that was entered by mistake, after a confirmation. */
export function RemoveBuilding({ communityId, building: { name, units }, onDone }: Props) {
  const { modal, message } = App.useApp();
  const act = useMutation((body: Body, idempotencyKey) =>
    call("POST /api/communities/:id/buildings/remove", { params: { id: communityId }, body }, { idempotencyKey }),
  );
  useEffect(() => {
    if (act.error) message.error(act.error.message);
  }, [act.error, message]);
  const ask = (unit?: string): void => {
    const what = unit === undefined ? name : `${name} ${unit}`;
    modal.confirm({
      title: t.removeSure(what),
      content: t.removeHint,
      okText: t.remove,
      okButtonProps: { danger: true },
      cancelText: zh.common.cancel,
      onOk: async () => {
        if (!(await act.run({ building: name, ...(unit === undefined ? {} : { unit }) }))) return;
        message.success(t.removed(what));
        onDone();
      },
    });
  };
  const items = [
    ...units.map((unit) => ({ key: unit, label: t.removeUnit(unit), onClick: () => ask(unit) })),
    { key: "", label: t.removeWhole, danger: true, onClick: () => ask() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button type="link" size="small" aria-label={t.removeFrom(name)}>
        {t.remove}
      </Button>
    </Dropdown>
  );
}

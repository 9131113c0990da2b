import { Button, Form, Input, Modal, Select } from "antd";
import { useId } from "react";
import type { RosterWeek } from "../../../contract/index.ts";
import { zh } from "../../i18n/zh.ts";
import { dayWords, readSpans, writeSpans } from "../../lib/roster-words.ts";
import type { Place } from "./week-grid.tsx";

const t = zh.roster;
type Shift = RosterWeek["shifts"][number];

/** The fields of a shift without its id. */
export interface ShiftFields extends Place {
  name: string;
  spans: [number, number][];
  position: string | null;
}

interface Props {
  week: RosterWeek;
  /** The shift to edit, or the place of a new one. */
  at: Shift | Place;
  busy: boolean;
  onSave: (fields: ShiftFields) => void;
  onRemove: (shift: Shift) => void;
  onClose: () => void;
}

const ANY = "";
interface Written extends Place {
  name: string;
  hours: string;
  position: string;
}

/** Edits one shift: cadre, hours, position. */
export function ShiftDialog({ week, at, busy, onSave, onRemove, onClose }: Props) {
  const formId = useId();
  const shift = "id" in at ? at : null;
  const required = [{ required: true, message: t.missing }];
  return (
    <Modal
      open
      title={shift ? t.dialogEdit : t.dialogAdd}
      onCancel={onClose}
      footer={[
        shift && (
          <Button key="remove" danger onClick={() => onRemove(shift)}>
            {t.remove}
          </Button>
        ),
        <Button key="cancel" onClick={onClose}>
          {zh.common.cancel}
        </Button>,
        <Button key="save" type="primary" htmlType="submit" form={formId} loading={busy}>
          {t.save}
        </Button>,
      ]}
    >
      <Form<Written>
        id={formId}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          cadreId: at.cadreId,
          day: at.day,
          name: shift?.name ?? week.shifts[0]?.name,
          hours: writeSpans(shift?.spans ?? [[1050, 1260]]),
          position: shift?.position ?? ANY,
        }}
        onFinish={({ hours, position, ...rest }) =>
          onSave({ ...rest, spans: readSpans(hours) ?? [], position: position === ANY ? null : position })
        }
      >
        <Form.Item name="cadreId" label={t.cadre} rules={required}>
          <Select options={week.cadres.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Form.Item name="day" label={t.day} rules={required}>
          <Select options={week.days.map(({ day }) => ({ value: day, label: dayWords(week, day) }))} />
        </Form.Item>
        <Form.Item name="name" label={t.name} rules={required}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="hours" label={t.hours} extra={t.hoursHint} rules={hoursRules}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="position" label={t.position}>
          <Select options={positionOptions(week)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** The validation rule of the hours field. */
export const hoursRules = [
  {
    validator: (_rule: unknown, text: string) =>
      readSpans(text ?? "") ? Promise.resolve() : Promise.reject(new Error(t.hoursWrong)),
  },
];

/** The positions that the community's services need, and “any”. */
export const positionOptions = (week: RosterWeek) => [
  { value: ANY, label: t.anyPosition },
  ...week.positions.map(({ position }) => ({ value: position, label: position })),
];

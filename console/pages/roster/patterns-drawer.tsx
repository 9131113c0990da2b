import { Button, Checkbox, Drawer, Form, Input, Radio, Select } from "antd";
import { useState } from "react";
import type { Pattern, RosterWeek } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useQuery } from "../../api/use-query.ts";
import { ErrorNote, Nothing, WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { readSpans, spanWords, writeSpans } from "../../lib/roster-words.ts";
import { hoursRules, positionOptions } from "./shift-dialog.tsx";

const t = zh.roster;
const weekdays = t.weekdays.map((label, n) => ({ value: n + 1, label }));

interface Props {
  week: RosterWeek;
  onClose: () => void;
}

/** The weekly shift patterns of the roster: a list, and a form for one. */
export function PatternsDrawer({ week, onClose }: Props) {
  const [editing, setEditing] = useState<Pattern | null>(null);
  const params = { id: week.communityId };
  const plan = useQuery("GET /api/communities/:id/roster/plan", { params });
  const remove = useMutation((patternId: string) =>
    call("DELETE /api/communities/:id/roster/patterns/:patternId", { params: { ...params, patternId } }),
  );
  const blank = (): Pattern => ({
    id: crypto.randomUUID().replaceAll("-", "").slice(0, 24),
    name: "",
    position: null,
    spans: [[1050, 1260]],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    holidays: "same",
    makeUp: false,
    turn: "daily",
    cadreIds: [],
    from: week.monday,
    until: null,
  });
  const names = new Map(week.cadres.map(({ id, name }) => [id, name]));
  const saved = (): void => {
    setEditing(null);
    plan.reload();
  };
  return (
    <Drawer open title={t.patterns} size={560} onClose={onClose}>
      <p className="muted">{t.patternsHint}</p>
      <ErrorNote error={remove.error} />
      {editing ? (
        <PatternForm key={editing.id} week={week} pattern={editing} onSaved={saved} onClose={() => setEditing(null)} />
      ) : (
        <WhenLoaded loaded={plan}>
          {({ patterns }) => (
            <>
              {patterns.length === 0 && <Nothing title={t.patternsNone} />}
              <ul className="roster-patterns">
                {patterns.map((pattern) => (
                  <li key={pattern.id} className="card">
                    <p>
                      <strong>{pattern.name}</strong> <span className="figures">{spanWords(pattern.spans)}</span>{" "}
                      <span className="muted">{pattern.position ?? t.anyPosition}</span>
                    </p>
                    <p className="muted">
                      {pattern.weekdays.map((n) => t.weekdays[n - 1]).join(zh.common.join)} · {t.turns[pattern.turn]}
                    </p>
                    <p className="muted">{pattern.cadreIds.map((id) => names.get(id) ?? id).join(zh.common.join)}</p>
                    <span className="roster-answers">
                      <Button size="small" aria-label={t.patternEdit(pattern.name)} onClick={() => setEditing(pattern)}>
                        {t.dialogEdit}
                      </Button>
                      <Button
                        size="small"
                        danger
                        disabled={remove.busy}
                        onClick={() => void remove.run(pattern.id).then(plan.reload)}
                      >
                        {t.patternRemove}
                      </Button>
                    </span>
                  </li>
                ))}
              </ul>
              <Button type="primary" onClick={() => setEditing(blank())}>
                {t.patternAdd}
              </Button>
            </>
          )}
        </WhenLoaded>
      )}
    </Drawer>
  );
}

interface Written extends Pick<Pattern, "name" | "weekdays" | "cadreIds" | "turn" | "holidays" | "makeUp" | "from"> {
  hours: string;
  position: string;
}

function PatternForm({
  week,
  pattern,
  onSaved,
  onClose,
}: {
  week: RosterWeek;
  pattern: Pattern;
  onSaved: () => void;
  onClose: () => void;
}) {
  const { id: patternId, ...before } = pattern;
  const act = useMutation((body: Omit<Pattern, "id">, idempotencyKey: string) =>
    call(
      "PUT /api/communities/:id/roster/patterns/:patternId",
      { params: { id: week.communityId, patternId }, body },
      { idempotencyKey },
    ),
  );
  const save = async ({ hours, position, ...rest }: Written): Promise<void> => {
    const body = { ...before, ...rest, spans: readSpans(hours) ?? [], position: position === "" ? null : position };
    if (await act.run(body)) onSaved();
  };
  const required = [{ required: true, message: t.missing }];
  const choices = (words: Readonly<Record<string, string>>) =>
    Object.entries(words).map(([value, label]) => ({ value, label }));
  return (
    <Form<Written>
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...before, hours: writeSpans(before.spans), position: before.position ?? "" }}
      onFinish={(written) => void save(written)}
    >
      <ErrorNote error={act.error} />
      <Form.Item name="name" label={t.name} rules={required}>
        <Input maxLength={20} />
      </Form.Item>
      <Form.Item name="hours" label={t.hours} extra={t.hoursHint} rules={hoursRules}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="position" label={t.position}>
        <Select options={positionOptions(week)} />
      </Form.Item>
      <Form.Item name="weekdays" label={t.patternWeekdays} rules={required}>
        <Checkbox.Group options={weekdays} />
      </Form.Item>
      <Form.Item name="cadreIds" label={t.patternCadres} rules={required}>
        <Select mode="multiple" options={week.cadres.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item name="turn" label={t.patternTurn}>
        <Radio.Group options={choices(t.turns)} />
      </Form.Item>
      <Form.Item name="holidays" label={t.patternHolidays}>
        <Radio.Group options={choices(t.holidayKinds)} />
      </Form.Item>
      <Form.Item name="makeUp" valuePropName="checked">
        <Checkbox>{t.makeUp}</Checkbox>
      </Form.Item>
      <span className="roster-answers">
        <Button type="primary" htmlType="submit" loading={act.busy}>
          {t.save}
        </Button>
        <Button onClick={onClose}>{zh.common.cancel}</Button>
      </span>
    </Form>
  );
}

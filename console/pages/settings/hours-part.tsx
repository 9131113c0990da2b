import { App, Button, Checkbox, Form, Input, InputNumber } from "antd";
import type { Reply } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useQuery } from "../../api/use-query.ts";
import { ErrorNote, WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { readSpans, writeSpans } from "../../lib/roster-words.ts";

const t = zh.settings.hours;

type Settings = Reply<"GET /api/communities/:id/settings">;
interface Fields extends Pick<
  Settings,
  "phone" | "address" | "officeHours" | "offerMinutes" | "unitHead" | "revision"
> {
  weekdays: number[];
  hours: string;
}

/** Contact data and working hours of the office, and the offer time. */
export function HoursPart({ communityId }: { communityId: string }) {
  const settings = useQuery("GET /api/communities/:id/settings", { params: { id: communityId } });
  return (
    <section className="card part">
      <WhenLoaded loaded={settings}>{(data) => <HoursForm communityId={communityId} settings={data} />}</WhenLoaded>
    </section>
  );
}

/** A custom rule, because `required` would set an ARIA attribute that a group does not support. */
const atLeastOne = async (_rule: unknown, days: number[]): Promise<void> => {
  if (!days.length) throw new Error(t.missing);
};

function HoursForm({ communityId, settings }: { communityId: string; settings: Settings }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const act = useMutation((body: Settings, idempotencyKey) =>
    call("PUT /api/communities/:id/settings", { params: { id: communityId }, body }, { idempotencyKey }),
  );
  const save = async ({ weekdays, hours, ...rest }: Fields) => {
    const workingHours = { weekdays: weekdays.toSorted((a, b) => a - b), spans: readSpans(hours) ?? [] };
    const saved = await act.run({ ...rest, workingHours });
    if (!saved) return;
    form.setFieldValue("revision", saved.revision);
    message.success(t.saved);
  };
  const required = [{ required: true, whitespace: true, message: t.missing }];
  const { workingHours, ...rest } = settings;
  return (
    <Form<Fields>
      form={form}
      className="settings-form"
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...rest, weekdays: workingHours.weekdays, hours: writeSpans(workingHours.spans) }}
      onValuesChange={act.clear}
      onFinish={(fields) => void save(fields)}
    >
      {/* That of what is shown: what a colleague changes meanwhile is not overwritten. */}
      <Form.Item name="revision" hidden>
        <Input />
      </Form.Item>
      <Form.Item name="phone" label={t.phone} extra={t.phoneHint} rules={required}>
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item name="address" label={t.address} rules={required}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="unitHead" label={t.head} extra={t.headHint}>
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item name="officeHours" label={t.office} extra={t.officeHint} rules={required}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="weekdays" label={t.weekdays} rules={[{ validator: atLeastOne }]}>
        <Checkbox.Group options={t.weekday.map((label, n) => ({ value: n + 1, label }))} />
      </Form.Item>
      <Form.Item
        name="hours"
        label={t.hours}
        extra={t.hoursHint}
        rules={[
          {
            validator: async (_rule, value: string) => {
              if (readSpans(value) === null) throw new Error(t.hoursWrong);
            },
          },
        ]}
      >
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item
        name="offerMinutes"
        label={t.offer}
        extra={t.offerHint}
        rules={[{ required: true, message: t.missing }]}
      >
        <InputNumber min={1} max={60} precision={0} suffix={t.minutes} />
      </Form.Item>
      <p className="muted">{t.holidays}</p>
      <ErrorNote error={act.error} />
      <div>
        <Button type="primary" htmlType="submit" loading={act.busy}>
          {t.save}
        </Button>
      </div>
    </Form>
  );
}

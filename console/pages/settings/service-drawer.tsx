import { App, Button, Checkbox, Drawer, Form, Input, InputNumber, Radio, Select } from "antd";
import type { CatalogueService, Input as InputOf } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { lengthWords } from "../../lib/time.ts";
import { QuestionsField } from "./questions-field.tsx";
import { type Written, readService, writeService } from "./service-form.ts";

const t = zh.settings.services;
const MINUTE = 60_000;

type Body = InputOf<"PUT /api/communities/:id/catalogue/:serviceCode">["body"];

interface Props {
  communityId: string;
  /** Null: a new service. */
  service: CatalogueService | null;
  groups: ReadonlyMap<string, string>;
  onClose: () => void;
  onSaved: () => void;
}

/** Edits one service with its questions and knowledge card. Saving creates the next version. */
export function ServiceDrawer({ communityId, service, groups, onClose, onSaved }: Props) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Written>();
  const resolve = Form.useWatch("resolveMinutes", form) ?? service?.resolveMinutes ?? 0;
  const act = useMutation(({ serviceCode, ...body }: Body & { serviceCode: string }, idempotencyKey) =>
    call(
      "PUT /api/communities/:id/catalogue/:serviceCode",
      { params: { id: communityId, serviceCode }, body },
      { idempotencyKey },
    ),
  );
  const save = async (written: Written) => {
    const edited = readService(written, groups);
    const serviceCode = service?.serviceCode ?? written.serviceCode;
    const saved = await act.run({ serviceCode, service: edited, seen: service?.version ?? 0 });
    if (!saved) return;
    message.success(t.saved(saved.title, saved.version));
    onSaved();
  };
  const required = [{ required: true, whitespace: true, message: t.missing }];
  const chosen = [{ required: true, message: t.missing }];
  return (
    <Drawer
      open
      size={640}
      title={service ? t.editTitle(service.title) : t.newTitle}
      onClose={onClose}
      mask={{ closable: false }}
      extra={
        <Button type="primary" loading={act.busy} onClick={() => form.submit()}>
          {t.save}
        </Button>
      }
    >
      <p className="muted">{t.lead}</p>
      <ErrorNote error={act.error} />
      <Form<Written>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={writeService(service)}
        onValuesChange={act.clear}
        onFinish={(written) => void save(written)}
      >
        {!service && (
          <Form.Item
            name="serviceCode"
            label={t.code}
            extra={t.codeHint}
            rules={[{ required: true, pattern: /^[a-z][a-z0-9-]{1,39}$/, message: t.codeWrong }]}
          >
            <Input maxLength={40} />
          </Form.Item>
        )}
        <Form.Item name="title" label={t.title} rules={required}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="group" label={t.group} rules={chosen}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            options={[...groups].map(([value, label]) => ({ value, label }))}
            {...(groups.size === 0 ? { mode: "tags" as const, maxCount: 1 } : {})}
          />
        </Form.Item>
        <Form.Item name="description" label={t.description} rules={required}>
          <Input.TextArea maxLength={200} autoSize />
        </Form.Item>
        <Form.Item name="positions" label={t.positions} extra={t.positionsHint} rules={chosen}>
          <Select mode="tags" />
        </Form.Item>
        <Form.Item name="urgency" label={t.urgency}>
          <Radio.Group options={choices(t.urgencies)} />
        </Form.Item>
        <Form.Item name="clock" label={t.clockLabel}>
          <Radio.Group options={choices(t.clock)} />
        </Form.Item>
        <div className="two-fields">
          <Form.Item name="respondMinutes" label={t.respond} rules={chosen}>
            <InputNumber min={1} max={259_200} precision={0} />
          </Form.Item>
          <Form.Item
            name="resolveMinutes"
            label={t.resolve}
            extra={t.resolveHint(lengthWords(resolve * MINUTE))}
            rules={chosen}
          >
            <InputNumber min={1} max={259_200} precision={0} />
          </Form.Item>
        </div>
        <Form.Item name="keywords" label={t.keywords} extra={t.keywordsHint}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="emergencyNotice" label={t.notice} extra={t.noticeHint}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="identityRequired" valuePropName="checked">
          <Checkbox>{t.identity}</Checkbox>
        </Form.Item>
        <Form.Item name="anywhere" valuePropName="checked">
          <Checkbox>{t.anywhere}</Checkbox>
        </Form.Item>
        <Form.Item name="shared" valuePropName="checked">
          <Checkbox>{t.shared}</Checkbox>
        </Form.Item>
        <QuestionsField />
        <h3>{t.knowledge}</h3>
        <p className="muted">{t.knowledgeHint}</p>
        {(["bring", "ask", "say"] as const).map((name) => (
          <Form.Item key={name} name={name} label={t[name]}>
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={2_000} />
          </Form.Item>
        ))}
        {service && (
          <Form.Item name="retired" valuePropName="checked">
            <Checkbox>{t.retired}</Checkbox>
          </Form.Item>
        )}
      </Form>
    </Drawer>
  );
}

const choices = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

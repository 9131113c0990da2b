import { App, Form, Input, Modal, Select } from "antd";
import type { Input as Asked, Request } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useQuery } from "../../api/use-query.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.proxyFiling;
type Body = Asked<"POST /api/requests/for-resident">["body"];

interface Fields {
  name: string;
  phone: string;
  building: string;
  unit: string;
  room: string;
  serviceCode: string;
  description: string;
  communityId: string;
  answers?: Record<string, string>;
}

interface Props {
  /** The counter's community. A request for another community is accepted for it and queued there. */
  communityId: string;
  open: boolean;
  onClose: () => void;
  onFiled: (request: Request) => void;
}

/** 代提交: staff file a request for a person who called or came. */
export function FileDialog({ communityId, open, onClose, onFiled }: Props) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const act = useMutation((body: Body, idempotencyKey: string) =>
    call("POST /api/requests/for-resident", { body }, { idempotencyKey }),
  );
  const send = async ({ communityId: of, serviceCode, description, answers = {}, ...resident }: Fields) => {
    const given = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer));
    const filed = await act.run({ communityId: of, serviceCode, description, answers: given, resident });
    if (!filed) return;
    message.success(of === communityId ? t.filed : t.filedThere(filed.communityName));
    form.resetFields();
    onFiled(filed);
  };
  return (
    <Modal
      open={open}
      width={640}
      centered
      title={t.title}
      okText={t.submit}
      cancelText={zh.common.cancel}
      confirmLoading={act.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      afterClose={act.clear}
    >
      <p className="muted">{t.lead}</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ communityId }}
        onFinish={(fields) => void send(fields)}
      >
        <Where counter={communityId} />
        <Resident counter={communityId} />
        <Matter counter={communityId} />
      </Form>
      <ErrorNote error={act.error} />
    </Modal>
  );
}

const needed = (label: string) => [{ required: true, whitespace: true, message: t.missing(label) }];

interface Counter {
  counter: string;
}

/** The community of the request: the counter's own, or another that lets any counter accept some of its services. */
function Where({ counter }: Counter) {
  const form = Form.useFormInstance<Fields>();
  const communities = useQuery("GET /api/communities", {});
  const of = Form.useWatch("communityId", form) ?? counter;
  return (
    <Form.Item name="communityId" label={t.community} extra={of === counter ? undefined : t.communityHint}>
      <Select
        showSearch={{ optionFilterProp: "label" }}
        options={(communities.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={() => form.resetFields(["building", "unit", "serviceCode", "answers"])}
      />
    </Form.Item>
  );
}

function Resident({ counter }: Counter) {
  const form = Form.useFormInstance<Fields>();
  const communityId = Form.useWatch("communityId", form) ?? counter;
  const building = Form.useWatch("building", form);
  const community = useQuery("GET /api/communities/:id", { params: { id: communityId } });
  const buildings = community.data?.buildings ?? [];
  const units = buildings.find(({ name }) => name === building)?.units ?? [];
  const choices = (names: readonly string[]) => names.map((value) => ({ value, label: value }));
  return (
    <>
      <div className="field-row">
        <Form.Item name="name" label={t.name} rules={needed(t.name)}>
          <Input maxLength={20} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="phone"
          label={t.phone}
          rules={[{ pattern: /^1[3-9]\d{9}$/, required: true, message: t.phoneBad }]}
        >
          <Input maxLength={11} inputMode="numeric" autoComplete="off" />
        </Form.Item>
      </div>
      <div className="field-row">
        <Form.Item name="building" label={t.building} rules={needed(t.building)}>
          <Select
            showSearch
            options={choices(buildings.map(({ name }) => name))}
            onChange={() => form.resetFields(["unit"])}
          />
        </Form.Item>
        <Form.Item name="unit" label={t.unit} rules={needed(t.unit)}>
          <Select options={choices(units)} />
        </Form.Item>
        <Form.Item name="room" label={t.room} rules={needed(t.room)}>
          <Input maxLength={20} autoComplete="off" />
        </Form.Item>
      </div>
    </>
  );
}

function Matter({ counter }: Counter) {
  const form = Form.useFormInstance<Fields>();
  const communityId = Form.useWatch("communityId", form) ?? counter;
  const catalogue = useQuery("GET /api/communities/:id/services", { params: { id: communityId } });
  const services = (catalogue.data?.items ?? []).filter(({ anywhere }) => anywhere || communityId === counter);
  const serviceCode = Form.useWatch("serviceCode", form);
  const service = services.find((one) => one.serviceCode === serviceCode);
  return (
    <>
      <Form.Item name="description" label={t.description} extra={t.descriptionHint} rules={needed(t.description)}>
        <Input.TextArea rows={3} maxLength={1000} showCount />
      </Form.Item>
      <Form.Item name="serviceCode" label={t.service} rules={needed(t.service)}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={services.map((one) => ({ value: one.serviceCode, label: `${one.groupTitle} · ${one.title}` }))}
        />
      </Form.Item>
      {service?.questions.map(({ code, label, kind, options, required }) => (
        <Form.Item key={code} name={["answers", code]} label={label} rules={required ? needed(label) : []}>
          {kind === "choice" ? (
            <Select allowClear={!required} options={options.map((value) => ({ value, label: value }))} />
          ) : (
            <Input maxLength={200} />
          )}
        </Form.Item>
      ))}
    </>
  );
}

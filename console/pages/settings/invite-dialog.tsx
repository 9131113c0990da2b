import { AutoComplete, Form, Input, Modal, Segmented } from "antd";
import type { Input as InputOf, Invitation } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useQuery } from "../../api/use-query.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { PositionsField } from "./positions-field.tsx";

const t = zh.settings.invite;

type Fields = InputOf<"POST /api/communities/:id/invitations">["body"];

interface Props {
  communityId: string;
  onClose: () => void;
  onMade: (invitation: Invitation) => void;
}

/** The form of a new invitation; after submission it shows the code. */
export function InviteDialog({ communityId, onClose, onMade }: Props) {
  const params = { id: communityId };
  const [form] = Form.useForm<Fields>();
  const role = Form.useWatch("role", form) ?? "cadre";
  const people = useQuery("GET /api/communities/:id/people", { params });
  const organizations = [...new Set(people.data?.items.flatMap(({ organizationName }) => organizationName ?? []))];
  const act = useMutation((body: Fields, idempotencyKey) =>
    call("POST /api/communities/:id/invitations", { params, body }, { idempotencyKey }),
  );
  const submit = async (fields: Fields) => {
    const cadre = fields.role === "cadre";
    const made = await act.run({
      ...fields,
      positions: cadre ? (fields.positions ?? []) : [],
      dutyPhone: (cadre && fields.dutyPhone) || null,
      organizationName: cadre ? null : (fields.organizationName ?? null),
    });
    if (made) onMade(made);
  };
  return (
    <Modal
      open
      width={560}
      centered
      title={t.title}
      okText={t.submit}
      cancelText={zh.common.cancel}
      confirmLoading={act.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p className="muted">{t.lead}</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: "cadre", positions: [] }}
        onValuesChange={act.clear}
        onFinish={(fields) => void submit(fields)}
      >
        <Form.Item name="role" label={t.role}>
          <Segmented options={(["cadre", "partner"] as const).map((value) => ({ value, label: t.roles[value] }))} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t.name}
          extra={role === "cadre" ? t.nameHint : undefined}
          rules={[{ required: true, whitespace: true, message: t.nameMissing }]}
        >
          <Input maxLength={20} />
        </Form.Item>
        {role === "partner" && (
          <Form.Item
            name="organizationName"
            label={t.organization}
            extra={t.organizationHint}
            rules={[{ required: true, whitespace: true, message: t.organizationMissing }]}
          >
            <AutoComplete maxLength={40} options={organizations.map((value) => ({ value }))} />
          </Form.Item>
        )}
        <Form.Item
          name="title"
          label={t.post}
          extra={t.postHint}
          rules={[{ required: true, whitespace: true, message: t.postMissing }]}
        >
          <Input maxLength={20} />
        </Form.Item>
        {role === "cadre" && (
          <>
            <PositionsField communityId={communityId} />
            <Form.Item name="dutyPhone" label={t.dutyPhone} extra={t.dutyPhoneHint}>
              <Input maxLength={30} />
            </Form.Item>
          </>
        )}
      </Form>
      <ErrorNote error={act.error} />
    </Modal>
  );
}

import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import type { Reply } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useMe } from "../../api/me.tsx";
import { useQuery } from "../../api/use-query.ts";
import { ErrorNote, WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.templates;
type Templates = Reply<"GET /api/communities/:id/templates">;
const steps = ["first-contact", "message", "note", "ask", "resolve"] as const;
const options = steps.map((value) => ({ value, label: zh.action[value] }));

/** 常用语: texts that the community's staff can insert. The committee edits them. */
export function TemplatesButton() {
  const { role, communityId } = useMe().actingAs;
  const [open, setOpen] = useState(false);
  if (communityId === null || role !== "committee") return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t.open}</Button>
      {open && <TemplatesDialog communityId={communityId} onClose={() => setOpen(false)} />}
    </>
  );
}

function TemplatesDialog({ communityId, onClose }: { communityId: string; onClose: () => void }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Templates>();
  const params = { id: communityId };
  const found = useQuery("GET /api/communities/:id/templates", { params });
  const act = useMutation((body: Templates) => call("PUT /api/communities/:id/templates", { params, body }));
  const save = async (templates: Templates) => {
    if (!(await act.run(templates))) return;
    message.success(t.saved);
    onClose();
  };
  return (
    <Modal
      open
      width={760}
      centered
      title={t.title}
      okText={t.save}
      cancelText={zh.common.cancel}
      confirmLoading={act.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p className="muted">{t.lead}</p>
      <WhenLoaded loaded={found}>
        {(shown) => (
          <Form form={form} initialValues={shown} onFinish={(fields) => void save(fields)}>
            {/* That of what is shown: what a colleague changes meanwhile is not overwritten. */}
            <Form.Item name="revision" hidden>
              <Input />
            </Form.Item>
            <Form.List name="items">
              {(fields, { add, remove }) => (
                <>
                  {fields.map(({ key, name }) => (
                    <div key={key} className="template-row">
                      <Form.Item name={[name, "step"]} rules={[{ required: true, message: t.stepMissing }]}>
                        <Select aria-label={t.step} options={options} />
                      </Form.Item>
                      <Form.Item
                        name={[name, "text"]}
                        rules={[{ required: true, whitespace: true, message: t.textMissing }]}
                      >
                        <Input aria-label={t.text} maxLength={300} />
                      </Form.Item>
                      <Button
                        type="text"
                        aria-label={t.remove}
                        icon={<DeleteOutlined aria-hidden />}
                        onClick={() => remove(name)}
                      />
                    </div>
                  ))}
                  <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ step: "message", text: "" })}>
                    {t.add}
                  </Button>
                </>
              )}
            </Form.List>
          </Form>
        )}
      </WhenLoaded>
      <ErrorNote error={act.error} />
    </Modal>
  );
}

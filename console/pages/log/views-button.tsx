import { DeleteOutlined, TableOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Input, Modal } from "antd";
import { useId, useState } from "react";
import { useSearchParams } from "react-router";
import { useMe } from "../../api/me.tsx";
import { useStoredSetting } from "../../lib/stored-setting.ts";
import { type LogView, optionalColumns, readHidden, readViews, withView } from "../../lib/log-views.ts";
import { zh } from "../../i18n/zh.ts";

const t = zh.log.views;

/** The hidden columns, which are stored in this browser, and a function to change them. */
export const useHiddenColumns = () => useStoredSetting(useMe().id, "log-columns", readHidden);

interface Props {
  hidden: readonly string[];
  onHide: (hidden: readonly string[]) => void;
  spans: boolean;
}

/** Menu of saved views and of the columns to show. */
export function ViewsButton({ hidden, onHide, spans }: Props) {
  const [open, setOpen] = useState(false);
  const title = useId();
  const shown = optionalColumns.filter((column) => spans || column !== "community");
  return (
    <>
      <Button icon={<TableOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t.open}
      </Button>
      <Modal
        open={open}
        width={520}
        centered
        title={<span id={title}>{t.open}</span>}
        aria-labelledby={title}
        footer={<Button onClick={() => setOpen(false)}>{t.close}</Button>}
        onCancel={() => setOpen(false)}
      >
        <SavedViews hidden={hidden} onHide={onHide} onDone={() => setOpen(false)} />
        <h3>{t.columns}</h3>
        <Checkbox.Group
          aria-label={t.columns}
          options={shown.map((column) => ({ value: column, label: zh.log.columns[column] }))}
          value={shown.filter((column) => !hidden.includes(column))}
          onChange={(values) => onHide(shown.filter((column) => !values.includes(column)))}
        />
        <p className="muted views-note">{t.kept}</p>
      </Modal>
    </>
  );
}

function SavedViews({ hidden, onHide, onDone }: Omit<Props, "spans"> & { onDone: () => void }) {
  const [views, keep] = useStoredSetting(useMe().id, "log-views", readViews);
  const [params, setParams] = useSearchParams();
  const [form] = Form.useForm<{ name: string }>();
  const use = (view: LogView) => {
    setParams(new URLSearchParams(view.search));
    onHide(view.hidden);
    onDone();
  };
  const save = ({ name }: { name: string }) => {
    keep(withView(views, { name: name.trim(), search: params.toString(), hidden }));
    form.resetFields();
  };
  return (
    <>
      <h3>{t.saved}</h3>
      {views.length === 0 && <p className="muted">{t.none}</p>}
      <ul className="views">
        {views.map((view) => (
          <li key={view.name}>
            <Button type="link" onClick={() => use(view)}>
              {view.name}
            </Button>
            <Button
              type="text"
              aria-label={t.removeOne(view.name)}
              icon={<DeleteOutlined aria-hidden />}
              onClick={() => keep(views.filter(({ name }) => name !== view.name))}
            />
          </li>
        ))}
      </ul>
      <Form form={form} layout="inline" requiredMark={false} colon={false} className="views-form" onFinish={save}>
        <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true, message: t.nameMissing }]}>
          <Input maxLength={20} placeholder={t.nameHint} />
        </Form.Item>
        <Button htmlType="submit">{t.save}</Button>
      </Form>
    </>
  );
}

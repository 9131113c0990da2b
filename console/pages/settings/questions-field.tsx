import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Input, Select } from "antd";
import { zh } from "../../i18n/zh.ts";

const t = zh.settings.services;

/** The questions of a service, which residents answer by text or by choice. */
export function QuestionsField() {
  return (
    <>
      <h3>{t.questions}</h3>
      <Form.List name="questions">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="question-row">
                <Form.Item name={[name, "label"]} rules={[{ required: true, whitespace: true, message: t.missing }]}>
                  <Input aria-label={t.question} placeholder={t.question} maxLength={40} />
                </Form.Item>
                <Form.Item name={[name, "kind"]}>
                  <Select
                    aria-label={t.kind}
                    options={(["text", "choice"] as const).map((value) => ({ value, label: t.kinds[value] }))}
                  />
                </Form.Item>
                <Form.Item noStyle shouldUpdate>
                  {({ getFieldValue }) => (
                    <Form.Item name={[name, "options"]}>
                      <Select
                        mode="tags"
                        open={false}
                        suffixIcon={null}
                        aria-label={t.options}
                        placeholder={t.options}
                        disabled={getFieldValue(["questions", name, "kind"]) !== "choice"}
                      />
                    </Form.Item>
                  )}
                </Form.Item>
                <Form.Item name={[name, "required"]} valuePropName="checked">
                  <Checkbox>{t.required}</Checkbox>
                </Form.Item>
                <Button
                  type="text"
                  aria-label={t.removeQuestion}
                  icon={<DeleteOutlined aria-hidden />}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button
              icon={<PlusOutlined aria-hidden />}
              onClick={() => add({ code: "", label: "", kind: "text", options: [], required: false })}
            >
              {t.addQuestion}
            </Button>
          </>
        )}
      </Form.List>
    </>
  );
}

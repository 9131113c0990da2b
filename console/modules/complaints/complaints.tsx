import { Alert, App, Button, Input, Modal, type TableColumnsType } from "antd";
import { useMemo, useState } from "react";
import type { Complaint } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useInvalidate } from "../../api/invalidate.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { usePages } from "../../api/use-pages.ts";
import { DataTable } from "../../components/data-table.tsx";
import { Nothing } from "../../components/states.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { words as t } from "./zh.ts";

const everything = {};
const MAX_CHARACTERS = 1000;

/** Complaints, newest first. The committee answers each once. */
export function Complaints({ decides }: { decides: boolean }) {
  const rows = usePages("GET /api/complaints", everything);
  const [open, setOpen] = useState<Complaint | null>(null);
  const columns = useMemo(() => complaintColumns(decides ? setOpen : null), [decides]);
  return (
    <>
      <DataTable
        label={t.complaints}
        rows={rows}
        columns={columns}
        rowKey={(complaint) => complaint.id}
        empty={<Nothing title={t.noComplaints} hint={t.noComplaintsHint} />}
      />
      {open && <Answer key={open.id} complaint={open} close={() => setOpen(null)} />}
    </>
  );
}

function complaintColumns(answer: ((complaint: Complaint) => void) | null): TableColumnsType<Complaint> {
  const name = t.columns;
  return [
    { title: name.at, key: "at", width: 120, className: "figures", render: (_, { at }) => <Time value={at} /> },
    { title: name.from, key: "from", width: 96, dataIndex: "from", ellipsis: true },
    { title: name.request, key: "request", width: 128, dataIndex: "requestNo", className: "figures" },
    { title: name.text, key: "text", className: "wraps", render: (_, { text }) => text || t.erased },
    {
      title: name.answer,
      key: "answer",
      className: "wraps",
      render: (_, { answer: given, text }) =>
        given ? (
          <>
            {given.text} <span className="muted">{given.by}</span>
          </>
        ) : text ? (
          <span className="tag tag-wait">{t.waiting}</span>
        ) : null,
    },
    {
      title: name.action,
      key: "action",
      width: 96,
      align: "right",
      render: (_, complaint) =>
        answer && complaint.text && !complaint.answer && !complaint.mine ? (
          <Button size="small" onClick={() => answer(complaint)}>
            {t.answer}
          </Button>
        ) : null,
    },
  ];
}

function Answer({ complaint, close }: { complaint: Complaint; close: () => void }) {
  const { message } = App.useApp();
  const invalidate = useInvalidate();
  const [text, setText] = useState("");
  const act = useMutation((body: { text: string }, idempotencyKey) =>
    call("POST /api/complaints/:id/answer", { params: { id: complaint.id }, body }, { idempotencyKey }),
  );
  const send = async () => {
    if (!(await act.run({ text: text.trim() }))) return;
    message.success(t.answered);
    invalidate();
    close();
  };
  return (
    <Modal
      open
      title={t.answerTitle(complaint.from)}
      okText={t.answer}
      cancelText={zh.common.cancel}
      okButtonProps={{ disabled: text.trim() === "", loading: act.busy }}
      onOk={() => void send()}
      onCancel={close}
    >
      <p>{complaint.text}</p>
      <Input.TextArea
        aria-label={t.columns.answer}
        placeholder={t.answerHint}
        rows={4}
        maxLength={MAX_CHARACTERS}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {act.error && <Alert type="error" showIcon title={act.error.message} />}
    </Modal>
  );
}

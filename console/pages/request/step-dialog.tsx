import { Modal } from "antd";
import { type ReactNode, useId } from "react";
import type { RequestDetail } from "../../../contract/index.ts";
import type { ApiError } from "../../api/error.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { type Step, isGrave } from "./steps.ts";

/** The props of every step's dialog. */
export interface StepDialogProps {
  request: RequestDetail;
  open: boolean;
  onClose: () => void;
  /** Called after the dialog has closed and the focus has returned. */
  onClosed: () => void;
  onTaken: () => void;
}

interface Props extends Omit<StepDialogProps, "onTaken"> {
  step: Step;
  busy: boolean;
  error: ApiError | null;
  /** Either the id of the form that the confirm button submits, or `onConfirm`. */
  form?: string;
  onConfirm?: () => void;
  width?: number;
  children: ReactNode;
}

/** The frame of a step's dialog: explanation, input, one button. On a refusal it stays open and keeps the input. */
export function StepDialog({
  step,
  request,
  open,
  busy,
  error,
  onClose,
  onClosed,
  form,
  onConfirm,
  width = 480,
  children,
}: Props) {
  const title = useId();
  return (
    <Modal
      open={open}
      afterClose={onClosed}
      width={width}
      centered
      title={
        <span id={title}>
          {zh.action[step]} <small className="muted code">{request.requestNo}</small>
        </span>
      }
      aria-labelledby={title}
      onCancel={onClose}
      onOk={onConfirm}
      okText={zh.steps.confirm(zh.action[step])}
      cancelText={zh.common.cancel}
      confirmLoading={busy}
      okButtonProps={{ htmlType: form ? "submit" : "button", ...(form ? { form } : {}), danger: isGrave(step) }}
      mask={{ closable: false }}
    >
      {children}
      <ErrorNote error={error} />
    </Modal>
  );
}

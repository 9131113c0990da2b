import { CheckCircleOutlined, CloseCircleOutlined, SafetyCertificateOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useId, useState } from "react";
import { useMe } from "../../api/me.tsx";
import { useCatalogue } from "../../components/catalogue.tsx";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { exactTime } from "../../lib/time.ts";
import { shortSeal } from "./columns.tsx";
import { AnchorsButton } from "./anchors-button.tsx";
import { type Checked, useVerify } from "./use-verify.ts";

const t = zh.verify;

/**
 * Verifies the log of the selected community, or of all communities of the role. Shown only to roles that may verify.
 */
export function VerifyButton() {
  const { role, communityId: own } = useMe().actingAs;
  const { communityId, communities } = useCatalogue();
  const [open, setOpen] = useState(false);
  const verify = useVerify();
  const title = useId();
  if (role !== "committee" && role !== "supervisor" && role !== "admin") return null;
  const chosen = communityId ?? own;
  const wanted = chosen ? [chosen] : communities.map(({ id }) => id);
  const nameOf = (id: string) => communities.find((one) => one.id === id)?.name;
  const close = () => {
    verify.stop();
    setOpen(false);
  };
  const ran = verify.results.length > 0;
  return (
    <>
      <Button icon={<SafetyCertificateOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t.open}
      </Button>
      <Modal
        open={open}
        width={520}
        centered
        title={<span id={title}>{t.title}</span>}
        aria-labelledby={title}
        okText={ran ? t.again : t.start}
        cancelText={verify.busy ? t.stop : t.close}
        confirmLoading={verify.busy}
        onOk={() => void verify.run(wanted)}
        onCancel={verify.busy ? verify.stop : close}
        afterClose={verify.clear}
      >
        <p className="muted">{t.lead}</p>
        <AnchorsButton communityIds={wanted} />
        <ul className="verify" aria-live="polite">
          {verify.results.map((result) => (
            <li key={result.communityId}>
              {nameOf(result.communityId) && <strong>{nameOf(result.communityId)}　</strong>}
              <Result result={result} />
            </li>
          ))}
        </ul>
        <ErrorNote error={verify.error} />
      </Modal>
    </>
  );
}

function Result({ result: { rows, last } }: { result: Checked }) {
  if (!last?.done) return <span className="figures">{t.checked(rows)}</span>;
  if (last.fault)
    return (
      <>
        <span className="bad strong">
          <CloseCircleOutlined aria-hidden /> {t.broken(last.fault.pos)}
        </span>
        <p>{t.kinds[last.fault.kind]}</p>
        <p className="muted">{t.next}</p>
      </>
    );
  return (
    <>
      <span className="good strong">
        <CheckCircleOutlined aria-hidden /> {t.whole(rows)}
      </span>
      {last.upTo > 0 && <p className="muted figures">{t.end(shortSeal(last.seal), exactTime(new Date(last.at)))}</p>}
    </>
  );
}

import { Button } from "antd";
import { useState } from "react";
import type { OwnAccount } from "../../../contract/index.ts";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { FactorDialog, type Doing } from "./factor-dialog.tsx";

const t = zh.protection.factor;

/** The state of the account's second factor, and the actions on it. */
export function FactorPart({ factor, reload }: { factor: OwnAccount["secondFactor"]; reload: () => void }) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const { since, recoveryCodes, required } = factor;
  const close = () => {
    setDoing(null);
    reload();
  };
  return (
    <section className="card part" aria-labelledby="own-factor">
      <h2 id="own-factor">{t.title}</h2>
      <p className="muted">
        {t.lead}
        {required && t.required}
      </p>
      {since === null ? (
        <>
          <p>{t.off}</p>
          <div>
            <Button type="primary" onClick={() => setDoing("begin")}>
              {t.begin}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>
            {t.on}
            <Time value={since} />，{t.codesLeft(recoveryCodes)}
          </p>
          <div className="own-acts">
            <Button onClick={() => setDoing("another")}>{t.another}</Button>
            <Button onClick={() => setDoing("renew")}>{t.renew}</Button>
            {!required && (
              <Button danger onClick={() => setDoing("end")}>
                {t.end}
              </Button>
            )}
          </div>
        </>
      )}
      {doing && <FactorDialog doing={doing} onClose={close} />}
    </section>
  );
}

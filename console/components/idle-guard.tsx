import { Button, Modal } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { call, session } from "../api/index.ts";
import { useLogin } from "../api/me.tsx";
import { zh } from "../i18n/zh.ts";
import { type TimeLeft, USE_INTERVAL_MS, WARNING_MS, countdown, timeLeft } from "../lib/idle.ts";

const t = zh.login.idle;
const uses = ["pointerdown", "keydown", "wheel"] as const;

/**
 * Ends the login when nobody uses the console, with a warning before. Each use is told to the server, which ends the
 * login by itself, and to the other tabs.
 */
export function IdleGuard() {
  const { end } = useLogin();
  const [opened] = useState(() => Date.now());
  const usedAt = useRef(opened);
  const tabs = useRef<BroadcastChannel>(undefined);
  const [left, setLeft] = useState<TimeLeft | null>(null);

  const use = useCallback(() => {
    usedAt.current = Date.now();
    setLeft(null);
    tabs.current?.postMessage("used");
    // A use that is not told counts from the next one that is. A login that has ended is noticed by the call itself.
    call("POST /api/auth/activity").catch(() => undefined);
  }, []);

  useEffect(() => {
    const channel = new BroadcastChannel("dianxiaoer.console.use");
    channel.addEventListener("message", () => {
      usedAt.current = Date.now();
      setLeft(null);
    });
    tabs.current = channel;
    return () => channel.close();
  }, []);

  useEffect(() => {
    if (left) return undefined;
    const noted = () => {
      if (Date.now() - usedAt.current >= USE_INTERVAL_MS) use();
    };
    for (const type of uses) window.addEventListener(type, noted, { capture: true, passive: true });
    return () => {
      for (const type of uses) window.removeEventListener(type, noted, { capture: true });
    };
  }, [left, use]);

  useEffect(() => {
    const timer = window.setInterval(() => {
      const limits = session.read()?.limits;
      if (!limits) return;
      const now = timeLeft(limits, usedAt.current, Date.now());
      if (now.ms <= 0) end();
      else setLeft(now.ms <= WARNING_MS ? now : null);
    }, 1_000);
    return () => window.clearInterval(timer);
  }, [end]);

  if (!left) return null;
  return (
    <Modal
      open
      centered
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      title={t.title}
      footer={
        left.byIdling ? (
          <Button type="primary" size="large" autoFocus onClick={use}>
            {t.goOn}
          </Button>
        ) : null
      }
    >
      <p className="countdown" role="timer">
        {countdown(left.ms)}
      </p>
      <p>{left.byIdling ? t.idle : t.whole}</p>
    </Modal>
  );
}

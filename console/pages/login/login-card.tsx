import { Button } from "antd";
import { type ReactNode, useEffect } from "react";
import { Logo } from "../../components/logo.tsx";
import { zh } from "../../i18n/zh.ts";

interface Props {
  title: string;
  lead?: string | undefined;
  /** Back to account and password. */
  onBack?: () => void;
  children: ReactNode;
}

/** The frame of each step of the login. */
export function LoginCard({ title, lead, onBack, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${zh.app.name}`;
  }, [title]);
  return (
    <main className="login">
      <section className="login-card">
        <Logo />
        <h1>{title}</h1>
        {lead && <p className="muted">{lead}</p>}
        {children}
        {onBack && (
          <Button type="text" block onClick={onBack}>
            {zh.login.back}
          </Button>
        )}
      </section>
    </main>
  );
}

import { Alert, Button, Result, Spin } from "antd";
import type { ReactNode } from "react";
import type { ApiError } from "../api/error.ts";
import type { Loaded } from "../api/use-loaded.ts";
import { zh } from "../i18n/zh.ts";

/** Something is being read. It appears after a moment, so that a fast answer does not flicker. */
export function Waiting() {
  return (
    <div className="waiting" role="status" aria-label={zh.common.loading}>
      <Spin delay={200} />
    </div>
  );
}

/** What went wrong, in the server's words, and the way on. */
export function Failed({ error, retry }: { error: ApiError; retry: () => void }) {
  return (
    <Result
      className="failed"
      status="warning"
      title={<span role="alert">{error.message}</span>}
      subTitle={error.requestId ? zh.errors.number(error.requestId) : undefined}
      extra={<Button onClick={retry}>{zh.common.retry}</Button>}
    />
  );
}

/** A refusal beside what was tried. */
export function ErrorNote({ error }: { error: ApiError | null }) {
  if (!error) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={error.message}
      description={error.requestId && error.status >= 500 ? zh.errors.number(error.requestId) : undefined}
    />
  );
}

/** Old data are on screen since the newest could not be read. */
export function StaleNote({ loaded }: { loaded: Loaded<unknown> }) {
  if (!loaded.error || loaded.data === undefined) return null;
  return (
    <Alert
      className="stale-note"
      type="warning"
      showIcon
      role="status"
      title={`${zh.errors.stale}${loaded.error.message}`}
      action={
        <Button size="small" onClick={loaded.reload}>
          {zh.common.retry}
        </Button>
      }
    />
  );
}

/** Nothing there: says so, and what to do or what will make something appear. */
export function Nothing({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className="nothing">
      <p className="nothing-title">{title}</p>
      {hint && <p className="nothing-hint">{hint}</p>}
      {action}
    </div>
  );
}

/** Shows what was loaded; before that a skeleton, after a failure the reason and a retry. */
export function WhenLoaded<T>({ loaded, children }: { loaded: Loaded<T>; children: (data: T) => ReactNode }) {
  if (loaded.data !== undefined) {
    return (
      <>
        <StaleNote loaded={loaded} />
        {children(loaded.data)}
      </>
    );
  }
  return loaded.error ? <Failed error={loaded.error} retry={loaded.reload} /> : <Waiting />;
}

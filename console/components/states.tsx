import { Alert, Button, Result, Spin } from "antd";
import type { ReactNode } from "react";
import type { ApiError } from "../api/error.ts";
import type { Loaded } from "../api/use-loaded.ts";
import { zh } from "../i18n/zh.ts";

/** A loading indicator. It appears after a delay, so that it does not flicker on fast answers. */
export function Waiting() {
  return (
    <div className="waiting" role="status" aria-label={zh.common.loading}>
      <Spin delay={200} />
    </div>
  );
}

/** A failed load: the server's message and a retry button. */
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

/** The error of a step, shown beside its form. */
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

/** A note that the data on screen are old, because the last fetch failed. */
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

/** An empty state: says that nothing is there, and what will make something appear. */
export function Nothing({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className="nothing">
      <p className="nothing-title">{title}</p>
      {hint && <p className="nothing-hint">{hint}</p>}
      {action}
    </div>
  );
}

/** Shows what was loaded, a loading indicator before, and the error with a retry button after a failure. */
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

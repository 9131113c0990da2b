import { ReloadOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { type ReactNode, useEffect } from "react";
import type { Loaded } from "../api/use-loaded.ts";
import { zh } from "../i18n/zh.ts";
import { exactTime } from "../lib/time.ts";

interface Props {
  title: string;
  /** The data that the page lists. The page shows when they were fetched and has a reload button. */
  fresh?: Loaded<unknown>;
  actions?: ReactNode;
  filters?: ReactNode;
  /** The page scrolls as a whole. Otherwise its table fills the height and scrolls by itself. */
  scrolls?: boolean;
  children: ReactNode;
}

/** The layout of a page: title, one row of filters, content. */
export function Page({ title, fresh, actions, filters, scrolls = false, children }: Props) {
  useEffect(() => {
    document.title = `${title} · ${zh.app.name}`;
  }, [title]);
  return (
    <div className={scrolls ? "page page-scrolls" : "page"}>
      <header className="page-head">
        <h1>{title}</h1>
        <div className="page-tools">
          {fresh && <Fresh loaded={fresh} />}
          {actions}
        </div>
      </header>
      {filters && (
        <search className="filters" aria-label={zh.log.filters}>
          {filters}
        </search>
      )}
      {children}
    </div>
  );
}

function Fresh({ loaded }: { loaded: Loaded<unknown> }) {
  return (
    <span className="fresh">
      {loaded.at && <span className="muted figures">{zh.common.refreshedAt(exactTime(loaded.at).slice(11))}</span>}
      <Tooltip title={zh.common.refresh}>
        <Button
          type="text"
          aria-label={zh.common.refresh}
          icon={<ReloadOutlined aria-hidden spin={loaded.loading && loaded.data !== undefined} />}
          onClick={loaded.reload}
        />
      </Tooltip>
    </span>
  );
}

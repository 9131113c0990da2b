import { Button, Table, type TableColumnsType } from "antd";
import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import type { Collected } from "../api/collect.ts";
import type { Pages } from "../api/use-pages.ts";
import { zh } from "../i18n/zh.ts";
import { StaleNote, WhenLoaded } from "./states.tsx";

interface Props<T> {
  label: string;
  rows: Omit<Pages<T>, "readAll">;
  columns: TableColumnsType<T>;
  rowKey: (row: T) => string;
  /** Called when a row is clicked anywhere. The row's link (`a[data-row]`) does the same for the keyboard. */
  onOpen?: ((row: T) => void) | undefined;
  rowClass?: ((row: T) => string) | undefined;
  empty: ReactNode;
}

/**
 * A dense list with 40-px rows and a sticky head, which loads more rows on demand. Arrow keys move between the rows'
 * links.
 */
export function DataTable<T extends object>({ label, rows, columns, rowKey, onOpen, rowClass, empty }: Props<T>) {
  const table = (data: Collected<T>) =>
    data.items.length === 0 ? (
      <div className="table-empty">{empty}</div>
    ) : (
      <>
        <Table<T>
          size="small"
          columns={columns}
          dataSource={data.items}
          rowKey={rowKey}
          pagination={false}
          tableLayout="fixed"
          rowClassName={(row) => `${onOpen ? "row-opens" : ""} ${rowClass?.(row) ?? ""}`}
          onRow={(row) => (onOpen ? { onClick: (event) => openFrom(event, () => onOpen(row)) } : {})}
        />
        <div className="table-foot">
          <span className="muted figures">{zh.common.shown(data.items.length, data.more)}</span>
          {data.more && (
            <Button size="small" loading={rows.loading} onClick={rows.loadMore}>
              {zh.common.loadMore}
            </Button>
          )}
        </div>
      </>
    );
  return (
    <>
      <StaleNote loaded={rows} />
      <div className="table-box" role="region" aria-label={label} aria-busy={rows.loading} onKeyDown={moveBetweenRows}>
        <WhenLoaded loaded={{ ...rows, error: rows.data === undefined ? rows.error : null }}>{table}</WhenLoaded>
      </div>
    </>
  );
}

/** Opens a row on click. Ignores clicks on its links and buttons, and clicks that end a text selection. */
export function openFrom({ target, currentTarget }: MouseEvent<HTMLElement>, open: () => void): void {
  if (target instanceof Element && target.closest("a, button")) return;
  if (window.getSelection()?.type === "Range") return;
  // The row's link is focused, so that the focus returns to it when the opened page closes.
  currentTarget.querySelector<HTMLElement>("[data-row]")?.focus();
  open();
}

function moveBetweenRows(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row]")];
  const at = links.findIndex((link) => link === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  links[at + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
}

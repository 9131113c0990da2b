import { zh } from "../i18n/zh.ts";

/** The product's logo. */
export function Logo() {
  return (
    <div className="logo">
      <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="logo-ground" />
        <path d="M7 13l2-5h14l2 5M9 14v10h14V14M14 24v-6h4v6" className="logo-line" />
      </svg>
      <span>
        <strong>{zh.app.name}</strong>
        <small>{zh.app.console}</small>
      </span>
    </div>
  );
}

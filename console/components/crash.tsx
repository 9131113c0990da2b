import { Button, Result } from "antd";
import { Component, type ReactNode } from "react";
import { zh } from "../i18n/zh.ts";

/** An error boundary around a page, so that the rest of the console stays usable. */
export class Crash extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <Result
        status="warning"
        title={zh.errors.crashed}
        extra={<Button onClick={() => window.location.reload()}>{zh.common.reload}</Button>}
      />
    );
  }
}

import { Button } from "antd";
import { Logo } from "../../components/logo.tsx";
import { Page } from "../../components/page.tsx";
import { ChartParts } from "./parts/chart-parts.tsx";
import { FaceParts } from "./parts/face-parts.tsx";
import { FieldParts } from "./parts/field-parts.tsx";
import { MatterParts } from "./parts/matter-parts.tsx";
import { loadedThat } from "./samples.ts";

/**
 * Shows every component in every state, for a check by eye after a change. It needs no login, and no page links to it.
 */
export function ComponentsPage() {
  return (
    <main>
      <Page
        title="组件"
        scrolls
        fresh={loadedThat({ data: true })}
        actions={
          <>
            <Button>导出</Button>
            <Button type="primary">新建</Button>
          </>
        }
      >
        <div className="stack">
          <section className="card">
            <Logo />
          </section>
          <MatterParts />
          <FaceParts />
          <FieldParts />
          <ChartParts />
        </div>
      </Page>
    </main>
  );
}

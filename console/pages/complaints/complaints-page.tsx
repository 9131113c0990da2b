import { Segmented } from "antd";
import { useSearchParams } from "react-router";
import { Page } from "../../components/page.tsx";
import { zh } from "../../i18n/zh.ts";
import { useLogin } from "../../api/me.tsx";
import { Complaints } from "./complaints.tsx";
import { PhotoReviews } from "./photo-reviews.tsx";

const t = zh.care;

/**
 * What only the committee decides: complaints, and photos that WeChat could not. The subdistrict reads the
 * complaints.
 */
export function ComplaintsPage() {
  const [params, setParams] = useSearchParams();
  const { login } = useLogin();
  const decides = login.state === "somebody" && login.me.actingAs.role === "committee";
  const photos = decides && params.get("show") === "photos";
  return (
    <Page
      title={t.title}
      filters={
        decides && (
          <Segmented
            aria-label={t.title}
            options={[
              { value: "complaints", label: t.complaints },
              { value: "photos", label: t.photos },
            ]}
            value={photos ? "photos" : "complaints"}
            onChange={(show) => setParams(show === "photos" ? { show } : {})}
          />
        )
      }
    >
      {photos ? <PhotoReviews /> : <Complaints decides={decides} />}
    </Page>
  );
}

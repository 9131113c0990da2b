import { Segmented } from "antd";
import { useSearchParams } from "react-router";
import { Page } from "../../components/page.tsx";
import { useLogin } from "../../api/me.tsx";
import { Complaints } from "./complaints.tsx";
import { PhotoReviews } from "./photo-reviews.tsx";
import { words as t } from "./zh.ts";

/**
 * Complaints, and photos that WeChat's check left undecided. Only the committee decides on both; the subdistrict may
 * read the complaints.
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

import { Form, Select } from "antd";
import { useQuery } from "../../api/use-query.ts";
import { zh } from "../../i18n/zh.ts";

const t = zh.settings.invite;

/** Chooses the positions of a post: positions of the community's services, or free text. */
export function PositionsField({ communityId }: { communityId: string }) {
  const services = useQuery("GET /api/communities/:id/services", { params: { id: communityId } });
  const known = [...new Set(services.data?.items.flatMap(({ positions }) => positions))];
  return (
    <Form.Item name="positions" label={t.positions} extra={t.positionsHint}>
      <Select mode="tags" options={known.map((value) => ({ value }))} />
    </Form.Item>
  );
}

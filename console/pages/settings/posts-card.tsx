import { Button, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { Post } from "../../../contract/index.ts";
import { useQuery } from "../../api/use-query.ts";
import { Nothing, WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { clockTime } from "../../lib/time.ts";
import { AccountDialog } from "./account-dialog.tsx";
import { EndPostDialog } from "./end-post-dialog.tsx";
import { PostDialog } from "./post-dialog.tsx";
import { ResetFactorDialog } from "./reset-factor.tsx";

const t = zh.settings.people;
const { reset } = zh.protection;

/** The open dialog and the post that it is about. */
type Doing = { what: "edit" | "end" | "factor"; post: Post } | { what: "account" } | null;

/** All posts of the community, with positions, duty state and number of open requests. */
export function PostsCard({ communityId }: { communityId: string }) {
  const posts = useQuery("GET /api/communities/:id/people", { params: { id: communityId } });
  const [doing, setDoing] = useState<Doing>(null);
  const close = () => setDoing(null);
  const done = () => {
    close();
    posts.reload();
  };
  return (
    <section className="card part">
      <div className="part-head">
        <h2>{t.table}</h2>
        <Button onClick={() => setDoing({ what: "account" })}>{t.account}</Button>
      </div>
      <WhenLoaded loaded={posts}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={t.none} />
          ) : (
            <Table
              size="small"
              aria-label={t.table}
              rowKey={({ postId }) => postId}
              dataSource={items}
              columns={columnsOf(setDoing)}
              pagination={{ pageSize: 30, hideOnSinglePage: true, showSizeChanger: false }}
            />
          )
        }
      </WhenLoaded>
      {doing?.what === "edit" && (
        <PostDialog communityId={communityId} post={doing.post} onClose={close} onDone={done} />
      )}
      {doing?.what === "end" && (
        <EndPostDialog communityId={communityId} post={doing.post} onClose={close} onDone={done} />
      )}
      {doing?.what === "factor" && <ResetFactorDialog communityId={communityId} post={doing.post} onClose={close} />}
      {doing?.what === "account" && <AccountDialog communityId={communityId} onClose={close} onDone={done} />}
    </section>
  );
}

function columnsOf(act: (doing: Doing) => void): TableColumnsType<Post> {
  const c = t.columns;
  return [
    {
      title: c.name,
      key: "name",
      width: 130,
      render: (_, { name, mine }) => (
        <>
          <strong>{name}</strong>
          {mine && <span className="muted">{t.me}</span>}
        </>
      ),
    },
    { title: c.role, key: "role", width: 90, render: (_, { role }) => zh.role[role] },
    {
      title: c.post,
      key: "post",
      width: 200,
      ellipsis: true,
      render: (_, { title, organizationName }) => [organizationName, title].filter(Boolean).join(" · "),
    },
    {
      title: c.positions,
      key: "positions",
      ellipsis: true,
      render: (_, { positions }) => positions.join(zh.common.join),
    },
    {
      title: c.duty,
      key: "duty",
      width: 110,
      render: (_, { role, onDutyUntil }) => {
        if (role !== "cadre") return null;
        return onDutyUntil ? t.dutyUntil(clockTime(new Date(onDutyUntil))) : <span className="muted">{t.offDuty}</span>;
      },
    },
    {
      title: c.open,
      key: "open",
      width: 70,
      align: "right",
      className: "figures",
      render: (_, { role, openRequests }) => (role === "cadre" ? openRequests : null),
    },
    {
      title: c.action,
      key: "action",
      width: 260,
      align: "right",
      render: (_, post) => (
        <>
          <Button size="small" aria-label={t.editOf(post.name)} onClick={() => act({ what: "edit", post })}>
            {t.edit}
          </Button>{" "}
          {!post.mine && post.role === "committee" && (
            <Button size="small" aria-label={reset.of(post.name)} onClick={() => act({ what: "factor", post })}>
              {reset.button}
            </Button>
          )}{" "}
          {!post.mine && (
            <Button size="small" danger aria-label={t.endOf(post.name)} onClick={() => act({ what: "end", post })}>
              {t.end}
            </Button>
          )}
        </>
      ),
    },
  ];
}

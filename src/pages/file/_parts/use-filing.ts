import { useEffect, useRef, useState } from "react";
import type { Service } from "../../../../contract/index.ts";
import { type ApiError, refreshMe, session, toApiError } from "../../../api";
import { words } from "../../../i18n";
import type { Draft } from "../../../lib/draft";
import { confirm, toast } from "../../../wx/feedback";
import { usePageShow } from "../../../wx/lifecycle";
import { askLogin, open, replace } from "../../../wx/navigation";
import { isH5 } from "../../../wx/platform";
import { drafts } from "../../../wx/drafts";
import { nearbyResults, findNearbyForDraft } from "../../../lib/nearby-results";
import { fileDraft } from "./submit";

interface Filing {
  /** Files the draft. When login or registration is missing, opens that page and continues after the return. */
  start(): Promise<void>;
  pending: boolean;
  error: ApiError | null;
}

interface What {
  draft: Draft;
  service: Service | null;
  communityId: string | null;
  restart(keep?: Partial<Draft>): Draft;
}

/** Files a draft. Login and registration are not required earlier. */
export function useFiling(what: What): Filing {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  /** The person has returned from login or registration, and filing is about to continue. */
  const [goingOn, setGoingOn] = useState(false);
  const latest = useRef(what);
  latest.current = what;
  const busy = useRef(false);
  /** The page that the person was sent to before filing. */
  const sentTo = useRef<"login" | "register" | "near" | null>(null);

  usePageShow(() => {
    const from = sentTo.current;
    sentTo.current = null;
    const { me } = session.get();
    const done = from === "login" ? me !== null : from === "register" && me !== null && me.registration !== null;
    if (done || (from === "near" && nearbyResults.anyway)) setGoingOn(true);
  });

  // A login clears the cache, so the community and its services must be loaded again first.
  const ready = what.service !== null && what.communityId !== null;
  useEffect(() => {
    if (!goingOn || !ready) return;
    setGoingOn(false);
    void start();
  }, [goingOn, ready]);

  async function start(): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    setPending(true);
    setError(null);
    try {
      await go();
    } catch (thrown) {
      await failed(toApiError(thrown));
    } finally {
      busy.current = false;
      setPending(false);
    }
  }

  async function go(draft: Draft = latest.current.draft): Promise<void> {
    const { service, communityId } = latest.current;
    if (service === null || communityId === null) return;
    if (session.get().me === null && !isH5) await refreshMe();
    const { me } = session.get();
    if (me === null && isH5) return send("login");
    if (me !== null && me.registration === null) return send("register");
    if (me !== null && draft.elder === null && (await findNearbyForDraft(draft, service.serviceCode, communityId))) {
      sentTo.current = "near";
      return open("/subpackages/resident/near/index");
    }
    const filed = await fileDraft(draft, service, communityId);
    drafts.clear();
    toast(words.file.filed);
    replace("/pages/request/index", { id: filed.id });
  }

  function send(to: "login" | "register"): void {
    sentTo.current = to;
    if (to === "login") askLogin();
    else open("/subpackages/resident/register/index", { next: "file" });
  }

  async function failed(failure: ApiError): Promise<void> {
    if (failure.needsLogin) send("login");
    else if (failure.code === "registration.required") send("register");
    else if (failure.code === "idempotency.key_reused") await alreadyFiled();
    else setError(failure);
  }

  /** An earlier attempt with other content has arrived. The person chooses which one is meant. */
  async function alreadyFiled(): Promise<void> {
    const say = words.file;
    const another = await confirm({
      title: say.alreadyFiledTitle,
      content: say.alreadyFiledText,
      yes: say.alreadyFiledAnother,
      no: say.alreadyFiledSee,
    });
    if (another === null) return;
    const { key: _used, ...written } = latest.current.draft;
    if (another) await go(latest.current.restart(written));
    else {
      drafts.clear();
      replace("/pages/requests/index");
    }
  }

  return { start, pending, error };
}

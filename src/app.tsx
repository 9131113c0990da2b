import type { PropsWithChildren, ReactNode } from "react";
import { useEffect } from "react";
import { refreshMe } from "./api";
import "./app.scss";

/** The shell around every page: hears once from the server who this is. */
export default function App({ children }: PropsWithChildren): ReactNode {
  useEffect(() => {
    void refreshMe();
  }, []);
  return children;
}

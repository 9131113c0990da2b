import type { ReactNode } from "react";
import type { Query } from "../../api";
import { words } from "../../i18n";
import { askLogin } from "../../wx/navigation";
import { Button } from "../button";
import { Empty, Loading, Problem } from "../states";

interface Props<T> {
  query: Query<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}

/**
 * The three faces of a query: coming, failed with a way on (a login, where that is what is missing), there. An answer
 * that could not be renewed stays, and says so.
 */
export function QueryView<T>({ query, rows, children }: Props<T>): ReactNode {
  const { data, error, refetch } = query;
  if (data !== undefined) {
    return (
      <>
        {error && <Problem message={error} />}
        {children(data)}
      </>
    );
  }
  if (!error) return <Loading rows={rows} />;
  if (error.needsLogin) {
    return <Empty icon="person" title={error.message} action={{ text: words.home.login, onPress: askLogin }} />;
  }
  return (
    <>
      <Empty icon="offline" title={words.errors.title} hint={error.message} />
      <Button onPress={() => void refetch()}>{words.common.retry}</Button>
    </>
  );
}

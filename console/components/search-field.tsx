import { SearchOutlined } from "@ant-design/icons";
import { Input, type InputRef, Tooltip } from "antd";
import { useEffect, useRef, useState } from "react";
import { useSlash } from "../lib/use-shortcut.ts";

interface Props {
  label: string;
  hint: string;
  value: string | undefined;
  onSearch: (text: string | undefined) => void;
  /** Whether `/` moves the focus to this field. Only one field of a page may have it. */
  slash?: boolean;
  maxLength?: number;
}

/** A search field that searches on Enter. */
export function SearchField({ label, hint, value, onSearch, slash = true, maxLength = 24 }: Props) {
  const field = useRef<InputRef>(null);
  const [text, setText] = useState(value ?? "");
  useSlash(field, slash);
  useEffect(() => setText(value ?? ""), [value]);
  return (
    <Tooltip title={hint} trigger={["focus"]}>
      <Input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        prefix={<SearchOutlined aria-hidden />}
        value={text}
        maxLength={maxLength}
        allowClear
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value === "" && value !== undefined) onSearch(undefined);
        }}
        onPressEnter={() => onSearch(text.trim() || undefined)}
        style={{ width: 168 }}
      />
    </Tooltip>
  );
}

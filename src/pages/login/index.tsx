export default function Stub(): null { return null; }

/// <reference types="@tarojs/taro" />

/** The build replaces `process.env`; Node's API does not exist at run time. */
declare const process: {
  env: {
    TARO_ENV: "weapp" | "h5";
    /** The API's origin without a trailing slash; empty on H5 (same origin). */
    TARO_APP_API_BASE: string;
  };
};

declare module "*.scss";

/** Whether this build is for H5; otherwise it is for WeChat. The bundler drops the other branch. */
export const isH5: boolean = process.env.TARO_ENV === "h5";

// Where the build is served: Trunk tells its hooks.

export const publicUrl = process.env.TRUNK_PUBLIC_URL ?? "/pkg/";

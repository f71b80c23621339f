import { createRequire } from 'node:module';

// In Lambda, NODE_PATH points to the packages that are in no bundle. Only `require` looks there.
const require = createRequire(import.meta.url);

export const FONT_FAMILY = 'Inter';

const FACES = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'];

/** The paths of our font's files. Lambda has no font of its own. */
export function fontFiles(): string[] {
  return FACES.map((face) => require.resolve(`@expo-google-fonts/inter/${face}`));
}

/** A whole number as people read it: 1048576 as `1,048,576`. */
export function inThousands(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}

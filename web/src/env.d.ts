/// <reference types="vite/client" />

declare module 'lucide-static/icons/*.svg?icon' {
  const nodes: [tag: string, attributes: Record<string, string>][]
  export default nodes
}

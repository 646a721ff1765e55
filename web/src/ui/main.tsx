import { render } from 'preact'

const root = document.getElementById('app')
if (root) render(<h1>{document.title}</h1>, root)

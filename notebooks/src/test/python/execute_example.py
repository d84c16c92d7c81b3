"""Executes a notebook through nbclient with an installed kernel and writes it back, validated."""

import sys

import nbclient
import nbformat


def main(kernel, source, target, cwd):
    notebook = nbformat.read(source, as_version=4)
    client = nbclient.NotebookClient(
        notebook, kernel_name=kernel, timeout=300, resources={"metadata": {"path": cwd}}
    )
    client.execute()
    nbformat.validate(notebook)
    nbformat.write(notebook, target)


if __name__ == "__main__":
    main(*sys.argv[1:])

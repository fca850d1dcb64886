"""A refusal: which problem, where, how to mend it, and the mapping to write, complete as far as the
file allows.
"""

from __future__ import annotations

from sim.errors import InputError, Problem


class RefusalError(InputError):
    """A file that no reading is confirmed for.

    code: the kind of problem (`nothing_confirms`, `long_format` ...). fix: what to do. mapping:
    TOML to copy, or "".
    """

    def __init__(
        self,
        code: str,
        message: str,
        fix: str,
        file: str = "",
        line: int = 0,
        mapping: str = "",
        note: str = "",
    ) -> None:
        self.code, self.message, self.fix, self.file, self.line = code, message, fix, file, line
        self.mapping, self.note = mapping, note
        super().__init__(Problem(f"{message} [{code}]", file=file, line=line, hint=fix))

    def __str__(self) -> str:
        head = "\n".join(problem.render() for problem in self.problems)
        below = f"\n\n{self.mapping.rstrip()}" if self.mapping else ""
        return f"{head}{below}"

    def __reduce__(self) -> tuple[type[RefusalError], tuple[object, ...]]:
        parts = (self.code, self.message, self.fix, self.file, self.line, self.mapping, self.note)
        return type(self), parts

    def plain(self) -> dict[str, object]:
        """Return what `--json` says of it."""
        return {
            "code": self.code,
            "message": self.message,
            "file": self.file or None,
            "line": self.line or None,
            "fix": self.fix,
            "mapping": self.mapping or None,
        }

    def mapped(self, mapping: str, file: str) -> RefusalError:
        """Return the same refusal with the mapping to write, and the file's name."""
        return RefusalError(
            self.code, self.message, self.fix, self.file or file, self.line, mapping, self.note
        )

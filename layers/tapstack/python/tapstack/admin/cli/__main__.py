"""`python -m tapstack.admin.cli`."""

from tapstack.admin.cli import main

if __name__ == "__main__":
    main()

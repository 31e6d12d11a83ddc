"""Finding out what each line of a draft is: head, title, addressees, what closes it, annexes, 版记."""

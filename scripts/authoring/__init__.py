"""What `new_exercise`, `new_condition` and `new_word` share: they ask an editor, and write pages and entries of lists.

    dialogue        questions on a terminal, answered by number, by id or in words
    offers          what there is to choose from, by plain names
    session         a project to add to: what is refused, what is written, how it ends
    pictures        the photos of an exercise
    exercise_page   the page of a new exercise, every field explained
    condition_page  the page of a new condition
    word_entry      the entry of a new word of the vocabulary

Nothing is written before every question is answered, and then all files or none.
"""

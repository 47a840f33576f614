/* annotations.h: what a binding cannot read off include/diglot.h: who owns what, what may be NULL, how long lists are.  No code: g-ir-scanner reads the comments. */

/**
 * diglot_error_quark: (skip)
 */
/**
 * diglot_format_find:
 * @name: "pdf"
 * @kind: among which
 * @format: (out): the format
 */
/**
 * diglot_format_find_by_output:
 * @path: a file's name
 * @format: (out): the format
 */
/**
 * diglot_format_name:
 * @format: a format
 *
 * Returns: (nullable): its name, past the last one %NULL
 */
/**
 * diglot_converter_set_progress: (skip)
 */
/**
 * diglot_input_language:
 * @input: an input
 * @nth: of its dispatches, from 0
 * @text: 0 or 1
 *
 * Returns: (nullable): a BCP 47 tag
 */
/**
 * diglot_input_date:
 * @input: an input
 * @nth: of its dispatches, from 0
 *
 * Returns: (nullable): ISO 8601
 */
/**
 * diglot_input_parts: (skip)
 */
/**
 * diglot_input_beads: (skip)
 */
/**
 * diglot_input_dup_parts: (rename-to diglot_input_parts)
 * @input: an input
 * @nth: of its dispatches, from 0
 *
 * Returns: (element-type DiglotPart) (transfer container): headlines, paragraphs, captions
 */
/**
 * diglot_input_dup_beads: (rename-to diglot_input_beads)
 * @input: an input
 * @nth: of its dispatches, from 0
 *
 * Returns: (element-type DiglotBead) (transfer container): which paragraphs answer each other
 */
/**
 * diglot_alignment_new_from_beads: (skip)
 */
/**
 * diglot_input_align:
 * @input: an input
 * @alignment: (nullable): beads that an editor fixes
 * @name: (nullable): the input's among the names in it
 */
/**
 * diglot_input_set_picture:
 * @input: an input
 * @nth: of its dispatches, from 0
 * @bytes: (nullable): a JPEG or PNG
 * @name: its name
 * @problem: (nullable): why there are no bytes
 */
/**
 * diglot_input_set_path:
 * @input: an input
 * @nth: of its dispatches, from 0
 * @path: (nullable): below the site's folder
 */
/**
 * diglot_result_bytes:
 * @result: a result
 *
 * Returns: (transfer none) (nullable): what was made
 */
/**
 * diglot_result_file:
 * @result: a result
 * @nth: from 0
 *
 * Returns: (transfer none) (nullable): one file of what was made
 */
/**
 * diglot_result_picture:
 * @result: a result
 * @nth: from 0
 *
 * Returns: (transfer none) (nullable): a PNG
 */
/**
 * diglot_result_review:
 * @result: a result
 *
 * Returns: (nullable): JSON
 */
/**
 * diglot_result_messages: (skip)
 */
/**
 * diglot_result_dup_messages: (rename-to diglot_result_messages)
 * @result: a result
 *
 * Returns: (element-type DiglotMessage) (transfer container): what there is to say
 */
/**
 * diglot_result_page_size:
 * @result: a result
 * @nth: the page, from 0
 * @width: (out): pt
 * @height: (out): pt
 */
/**
 * diglot_message_new_from_error:
 * @file: (nullable): what the message is about
 * @error: what failed
 */
/**
 * diglot_find_dispatches:
 * @folder: a folder
 * @error: why it cannot be read
 *
 * Returns: (element-type filename) (transfer container): paths below it
 */
/**
 * DiglotMessageFunc:
 * @message: what there is to say
 * @data: (closure): of whoever set it
 */
/**
 * DiglotTallyFunc:
 * @tally: how far the batch has come
 * @data: (closure): of whoever set it
 */
/**
 * DiglotProgress: (skip)
 */
/**
 * diglot_batch_set_message_func:
 * @batch: a batch
 * @func: (nullable) (scope notified) (closure data) (destroy destroy): is told each message
 * @data: for it
 * @destroy: (nullable): frees @data
 */
/**
 * diglot_batch_set_progress_func:
 * @batch: a batch
 * @func: (nullable) (scope notified) (closure data) (destroy destroy): is told the tally after each dispatch
 * @data: for it
 * @destroy: (nullable): frees @data
 */
/**
 * diglot_tally_name:
 * @tally: a tally
 *
 * Returns: (nullable): of the dispatch done last
 */
/**
 * diglot_merge_reports:
 * @files: (array zero-terminated=1) (element-type filename): reports
 * @name: (type filename): the file that it is for, whose ending says the form; "-" for lines
 * @events: (nullable): who is told
 * @error: which is none
 */
/**
 * diglot_list_fonts:
 * @font_dirs: (array zero-terminated=1) (element-type filename) (nullable): more folders
 * @error: why there is no list
 */
/**
 * diglot_list_languages:
 * @font_dirs: (array zero-terminated=1) (element-type filename) (nullable): more folders
 * @error: why there is no list
 */
/**
 * diglot_dup_nearest:
 * @word: what somebody wrote
 * @words: (array zero-terminated=1): what there is
 *
 * Returns: (transfer full) (nullable): what was meant
 */

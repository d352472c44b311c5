#include "cli/rejects_file.hpp"

#include "base/log.hpp"
#include "extract/extract_run.hpp"

namespace kharita::cli {

RejectsFile::RejectsFile(std::string const& file, Overwrite overwrite) {
    if (!file.empty()) {
        m_file.emplace(file, overwrite);
    }
}

void RejectsFile::add(Reject const& reject) {
    if (m_file) {
        m_file->write(extract::to_json(reject) + "\n");
    } else {
        log_warning("{}", to_string(reject));
    }
}

void RejectsFile::commit() {
    if (m_file) {
        m_file->commit();
    }
}

} // namespace kharita::cli

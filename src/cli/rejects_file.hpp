#pragma once

#include <optional>
#include <string>

#include "base/output_file.hpp"
#include "base/rejects.hpp"

namespace kharita::cli {

/// Where `--rejects FILE` puts what is set aside: JSON Lines, an empty file where nothing is; without it,
/// standard error.
class RejectsFile {
public:
    /// `file` is empty where the option was not given. Throws OutputError as OutputFile does.
    RejectsFile(std::string const& file, Overwrite overwrite);

    void add(Reject const& reject);
    /// Lets the file appear.
    void commit();

private:
    std::optional<OutputFile> m_file;
};

} // namespace kharita::cli

#include "cli/print.hpp"

#include "base/output_file.hpp"

namespace kharita::cli {

void print(std::string_view text) {
    OutputFile output{"-", Overwrite::refuse};
    output.write(text);
    output.commit();
}

} // namespace kharita::cli

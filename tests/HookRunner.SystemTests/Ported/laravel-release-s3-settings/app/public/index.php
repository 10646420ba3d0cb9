<?php echo "made up for the test";

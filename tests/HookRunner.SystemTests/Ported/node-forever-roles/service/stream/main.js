console.log('stream')
